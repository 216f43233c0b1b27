namespace Quartier.Api.Native.Registry;

/// <summary>What applying a registry file did, or would do.</summary>
internal sealed record RegistryAnswer(long Version, bool Applied, RegistryChangeItem[] Changes);
