namespace Quartier.Storage.Simulated;

/// <summary>The simulated machine has stopped. Not an I/O failure: nothing in the store may catch it.</summary>
internal sealed class SimulatedCrashException(string at) : Exception($"Simulated crash at {at}.");
