namespace Quartier.Cli.Policies;

/// <summary>A policy file that was read.</summary>
internal sealed record PolicySource(string Path, string City, byte[] Yaml);
