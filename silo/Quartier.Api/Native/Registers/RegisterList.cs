using Quartier.Domain.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>A page of the public register of sensors.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Name">For people.</param>
/// <param name="RegistryVersion">Version of the registry.</param>
/// <param name="Items">Datastreams, in ordinal order of their sensors.</param>
/// <param name="Next">The value for <c>after</c>; null on the last page.</param>
internal sealed record RegisterList(string City, string Name, long RegistryVersion, RegisterEntry[] Items, string? Next);
