namespace Quartier.Client.Cities;

/// <summary>An office of the city.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Contact">How to reach it.</param>
public sealed record Office(
    string Id,
    string Name,
    string Contact);
