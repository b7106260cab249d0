// Says that a file is too large before it is sent for minutes; the server says it all the same.
for (const input of document.querySelectorAll("input[type=file][data-most-bytes]")) {
  input.addEventListener("change", () => {
    const [file] = input.files;
    const tooLarge = file && file.size > Number(input.dataset.mostBytes);
    input.setCustomValidity(tooLarge ? input.dataset.tooLarge : "");
    input.reportValidity();
    if (tooLarge) input.value = "";
  });
}
