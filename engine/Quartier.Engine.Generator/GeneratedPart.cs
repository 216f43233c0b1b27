namespace Quartier.Engine.Generator;

/// <summary>
/// What one grain interface or class contributes: a source file of its own (or none), a line of the manifest, or a problem instead of both.
/// Only strings, so that an unchanged declaration is recognized as unchanged.
/// </summary>
internal sealed record GeneratedPart(string Name, string? Source, string? ManifestLine, Problem? Problem);
