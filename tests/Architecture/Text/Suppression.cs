namespace Architecture.Text;

/// <summary>One place where a gate is told to look away.</summary>
internal sealed record Suppression(string Path, int Line, string What, bool HasReason);
