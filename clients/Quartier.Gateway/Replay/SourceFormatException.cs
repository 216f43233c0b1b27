namespace Quartier.Gateway.Replay;

/// <summary>A file of the city is not what its name says; nothing of it was sent.</summary>
public sealed class SourceFormatException(string message) : Exception(message);
