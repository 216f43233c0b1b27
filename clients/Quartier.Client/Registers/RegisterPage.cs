namespace Quartier.Client.Registers;

/// <summary>A page of a city's public register of sensors.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Name">For people.</param>
/// <param name="RegistryVersion">Version of the registry.</param>
/// <param name="Items">Datastreams.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record RegisterPage(string City, string Name, long RegistryVersion, IReadOnlyList<RegisteredStream> Items, string? Next);
