namespace Quartier.Storage.SensorThings;

/// <summary>A path that is joined already: by a surrounding EXISTS, or for a question about readings.</summary>
/// <param name="Parent">The opened path from which it goes on; empty from the entities themselves.</param>
/// <param name="From">What was joined for it.</param>
internal sealed record OpenPath(string Parent, SqlFrom From);
