using System.Reflection;

namespace Quartier.Engine.Registration;

/// <summary>Finds the manifests of the program: of its entry assembly and of what that refers to, directly or not.</summary>
internal static class ManifestLoader
{
    private static readonly string[] WithoutGrains = ["System.", "Microsoft.", "mscorlib", "netstandard", "xunit.", "FSharp.", "Npgsql", "SQLitePCLRaw."];

    public static GrainManifestBuilder Load()
    {
        var builder = new GrainManifestBuilder();
        new EngineManifest().Describe(builder);
        var known = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        foreach (var root in AppDomain.CurrentDomain.GetAssemblies())
        {
            Collect(root, known);
        }

        foreach (var (_, assembly) in known.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (assembly.GetCustomAttribute<GrainManifestAttribute>() is { } attribute)
            {
                ((GrainManifest)Activator.CreateInstance(attribute.Manifest, nonPublic: true)!).Describe(builder);
            }
        }

        return builder;
    }

    private static void Collect(Assembly assembly, Dictionary<string, Assembly> known)
    {
        if (assembly.IsDynamic || IsWithoutGrains(assembly.GetName()) || !known.TryAdd(assembly.FullName!, assembly))
        {
            return;
        }

        foreach (var name in assembly.GetReferencedAssemblies())
        {
            if (!IsWithoutGrains(name) && !known.ContainsKey(name.FullName))
            {
                Collect(Assembly.Load(name), known);
            }
        }
    }

    private static bool IsWithoutGrains(AssemblyName name) =>
        Array.Exists(WithoutGrains, prefix => name.Name!.StartsWith(prefix, StringComparison.Ordinal));
}
