"""Captions as text: WebVTT (W3C) and SRT read with errors that name their line, written back clean.

Why a parser of our own: those on PyPI (webvtt-py, pysubs2, srt) pass over what they cannot read, or stop without a line;
a facilitator needs to know where every error is, and a page must not carry tags that nobody checked.
"""

from sessions.captions.cues import Cue, Parsed, Problem
from sessions.captions.decoding import MAX_BYTES, decode
from sessions.captions.parsing import MAX_CUES, parse
from sessions.captions.writing import write_srt, write_text, write_vtt

__all__ = ["MAX_BYTES", "MAX_CUES", "Cue", "Parsed", "Problem", "decode", "parse", "write_srt", "write_text", "write_vtt"]
