namespace Quartier.Api.Native.Cities;

/// <summary>What the map says about an outline.</summary>
/// <param name="Id">Id of the district.</param>
/// <param name="Name">For people.</param>
/// <param name="Schematic">True when the outline is a sketch and not an official boundary.</param>
internal sealed record OutlineProperties(string Id, string Name, bool Schematic);
