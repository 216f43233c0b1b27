namespace Architecture.Dependencies;

/// <summary>What one project may know.</summary>
/// <param name="Name">Name of the project and of its assembly.</param>
/// <param name="Projects">Projects it may reference.</param>
/// <param name="Packages">Packages it may reference with the default engine, analyzers for all projects left out.</param>
/// <param name="Web">Whether it may use ASP.NET Core.</param>
/// <param name="Unused">Types (full names) or namespaces (ending in a dot) that it must not use, though a reference would allow them.</param>
internal sealed record ProjectRow(string Name, string[] Projects, string[] Packages, bool Web = false, string[]? Unused = null);
