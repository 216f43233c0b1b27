namespace Quartier.Api.Native.Cities;

/// <summary>A city in the list of cities.</summary>
internal sealed record CityItem(string Id, string Name, string Clock, long Version, int Districts, int Sensors, int Assets);
