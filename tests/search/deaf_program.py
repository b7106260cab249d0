"""A program that neither answers nor ends before its input does."""

import sys

sys.stdin.buffer.read()
