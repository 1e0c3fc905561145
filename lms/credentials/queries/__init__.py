"""What has been earned, decided and issued, as far as somebody may see it."""
