namespace Quartier.Client.Postures;

/// <summary>Something that is weaker than it could be.</summary>
/// <param name="Name">By which it is accepted, and looked up in docs/security.md.</param>
/// <param name="What">What it allows whom.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Accepted">Whether the configuration names it.</param>
public sealed record Weakness(string Name, string What, string Remedy, bool Accepted);
