namespace Quartier.Client.Cities;

/// <summary>A city in short.</summary>
/// <param name="Id">Id in paths and topics.</param>
/// <param name="Name">For people.</param>
/// <param name="Clock"><c>wall</c> or <c>replay</c>.</param>
/// <param name="Version">Of its registry.</param>
/// <param name="Districts">How many.</param>
/// <param name="Sensors">How many.</param>
/// <param name="Assets">How many.</param>
public sealed record City(
    string Id,
    string Name,
    string Clock,
    long Version,
    int Districts,
    int Sensors,
    int Assets);
