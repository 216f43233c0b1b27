using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Architecture.Dependencies;

/// <summary>What a compiled assembly really uses, read from its metadata without loading it.</summary>
/// <param name="References">Simple names of referenced assemblies.</param>
/// <param name="Types">Full names of used types from other assemblies.</param>
internal sealed record CompiledAssembly(IReadOnlyList<string> References, IReadOnlyList<string> Types)
{
    public static CompiledAssembly Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var references = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        var types = metadata.TypeReferences
            .Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}");
        return new([.. references.Order(StringComparer.Ordinal)], [.. types.Order(StringComparer.Ordinal)]);
    }
}
