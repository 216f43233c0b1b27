namespace Quartier.Api.Native.Registry;

/// <summary>One line of the difference to what was registered before.</summary>
internal sealed record RegistryChangeItem(string Action, string What, string Detail);
