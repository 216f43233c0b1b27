namespace Quartier.Cli;

/// <summary>The silo cannot be found or started, or ended by itself.</summary>
internal sealed class SiloException(string message) : Exception(message);
