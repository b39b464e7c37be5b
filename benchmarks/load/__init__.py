"""How the service and its store stand up to many at once, to being killed, and to nonsense. Loopback only."""
