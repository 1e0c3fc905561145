"""The language kit: what is known about Mandarin, its characters and its pinyin."""
