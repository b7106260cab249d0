"""Page images of slides and other PDFs, so that a reader sees what is in a file before it is loaded."""
