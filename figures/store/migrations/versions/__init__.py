"""One revision a module, named by its number; a revision is never changed once it has been released."""
