"""What a result entitles a competitor to, and the paperwork that follows."""
