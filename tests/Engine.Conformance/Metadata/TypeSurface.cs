namespace Quartier.Engine.Conformance.Metadata;

/// <summary>What can be seen of a public type.</summary>
internal sealed record TypeSurface(string Kind, string Base, string[] Interfaces, HashSet<string> Members, HashSet<string> Attributes);
