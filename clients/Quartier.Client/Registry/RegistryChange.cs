namespace Quartier.Client.Registry;

/// <summary>What a registry file changes.</summary>
/// <param name="Action"><c>add</c>, <c>change</c> or <c>remove</c>.</param>
/// <param name="What">Kind and id.</param>
/// <param name="Detail">For people.</param>
public sealed record RegistryChange(
    string Action,
    string What,
    string Detail);
