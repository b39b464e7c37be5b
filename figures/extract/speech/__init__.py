"""Who says what in a text: noun phrases, statements, speakers, and how they carry over sentences."""
