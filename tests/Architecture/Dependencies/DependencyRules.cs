using Architecture.Tree;

namespace Architecture.Dependencies;

/// <summary>Holds project files and assemblies against <see cref="ProjectTable"/>.</summary>
internal static class DependencyRules
{
    private const string WebFramework = "Microsoft.AspNetCore.App";

    private static readonly string[] Framework =
        ["System", "Microsoft.Extensions", "Microsoft.Win32", "Microsoft.CSharp", "Microsoft.VisualBasic", "netstandard", "mscorlib"];

    /// <summary>Shared abstractions such as logging come with ASP.NET Core's framework, so the engine and what stands on it may name it.</summary>
    private static readonly string[] MayNameWebFramework = ["Quartier.Engine", "Quartier.Grains", "Quartier.Storage"];

    public static IEnumerable<Violation> References(ProjectFile project)
    {
        if (project.IsTest)
        {
            return [];
        }

        if (!ProjectTable.Rows.TryGetValue(project.Name, out var row))
        {
            return [new(project.Path, 1, $"{project.Name} is not in the dependency table: add a row to ProjectTable with what it may know")];
        }

        var projects = project.Projects
            .Where(reference => !row.Projects.Contains(reference.Name, StringComparer.Ordinal))
            .Select(reference => new Violation(project.Path, reference.Line, $"{project.Name} must not know {reference.Name}"));
        var packages = project.Packages
            .Where(reference => !row.Packages.Contains(reference.Name, StringComparer.Ordinal))
            .Select(reference => new Violation(project.Path, reference.Line, $"{project.Name} must not use the package {reference.Name}"));
        var frameworks = project.Frameworks
            .Where(reference => string.Equals(reference.Name, WebFramework, StringComparison.Ordinal))
            .Where(_ => !row.Web && !MayNameWebFramework.Contains(project.Name, StringComparer.Ordinal))
            .Select(reference => new Violation(project.Path, reference.Line, $"{project.Name} must not use {reference.Name}"));
        return [.. projects, .. packages, .. frameworks];
    }

    public static IEnumerable<Violation> Compiled(ProjectRow row, string path, CompiledAssembly assembly)
    {
        var references = assembly.References
            .Where(reference => !MayReference(row, reference))
            .Select(reference => new Violation(path, 1, $"the assembly {row.Name} references {reference}"));
        var types = assembly.Types
            .Where(type => (row.Unused ?? []).Any(unused => IsWithin(type, unused)))
            .Select(type => new Violation(path, 1, $"the assembly {row.Name} uses {type}: what it needs from outside comes through a port or an argument"));
        return [.. references, .. types];
    }

    private static bool MayReference(ProjectRow row, string assembly)
    {
        if (ProjectTable.Rows.ContainsKey(assembly))
        {
            return row.Projects.Contains(assembly, StringComparer.Ordinal);
        }

        if (assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.Net.Http", StringComparison.Ordinal))
        {
            return row.Web;
        }

        var package = ProjectTable.PackageOfAssembly.GetValueOrDefault(assembly, assembly);
        return row.Packages.Contains(package, StringComparer.Ordinal) || (IsFramework(assembly) && !IsPackage(assembly));
    }

    private static bool IsFramework(string assembly) =>
        Framework.Any(name => string.Equals(assembly, name, StringComparison.Ordinal) || assembly.StartsWith(name + ".", StringComparison.Ordinal));

    /// <summary>Some packages have names that look like the framework's: System.CommandLine is one.</summary>
    private static bool IsPackage(string assembly) => ProjectTable.Rows.Values.Any(row => row.Packages.Contains(assembly, StringComparer.Ordinal));

    private static bool IsWithin(string type, string unused) => unused.EndsWith('.')
        ? type.StartsWith(unused, StringComparison.Ordinal)
        : string.Equals(type, unused, StringComparison.Ordinal);
}
