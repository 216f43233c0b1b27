namespace Quartier.Client.Books;

/// <summary>Somebody who sends without being registered.</summary>
/// <param name="Gateway">As it calls itself.</param>
/// <param name="Sensor">As it calls its sensor.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Count">How often.</param>
/// <param name="First">When first.</param>
/// <param name="Last">When last.</param>
/// <param name="Detail">For people.</param>
public sealed record Stranger(
    string Gateway,
    string Sensor,
    string Reason,
    long Count,
    DateTimeOffset First,
    DateTimeOffset Last,
    string Detail);
