using Architecture.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Architecture.Contracts;

/// <summary>
/// The grain interfaces of a set of sources and every type that their calls carry. Types that no grain call reaches (what ports
/// hand over) are not part of it. The sources are bound in memory, so nothing has to be built first.
/// </summary>
internal sealed class ContractModel
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private readonly HashSet<INamedTypeSymbol> _carried = new(SymbolEqualityComparer.Default);

    private ContractModel(IReadOnlyList<INamedTypeSymbol> types)
    {
        GrainInterfaces = [.. types.Where(IsGrainInterface)];
        Serialized = [.. types.Where(type => Attributes.Has(type, "GenerateSerializer"))];
        foreach (var method in GrainInterfaces.SelectMany(Methods))
        {
            Carry(method.ReturnType);
            foreach (var parameter in method.Parameters)
            {
                Carry(parameter.Type);
            }
        }
    }

    /// <summary>Interfaces that stand for a grain, in order of their names.</summary>
    public IReadOnlyList<INamedTypeSymbol> GrainInterfaces { get; }

    /// <summary>Every type marked for serialisation, messages and stored state alike.</summary>
    public IReadOnlyList<INamedTypeSymbol> Serialized { get; }

    /// <summary>Records, structs and enums of these sources that a grain call carries, directly or inside another one.</summary>
    public IEnumerable<INamedTypeSymbol> Messages => _carried.OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>Binds the sources. Those under <c>engine/</c> give the programming model; only the others are judged.</summary>
    public static ContractModel Of(IEnumerable<SourceFile> sources)
    {
        var files = sources.ToList();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Contracts",
            [.. files.Select(file => file.Tree), CSharpSyntaxTree.ParseText(ImplicitUsings, SourceFile.Dialect)],
            references,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var types = Types(compilation.Assembly.GlobalNamespace)
            .Where(type => !SourcePath(type).StartsWith("engine/", StringComparison.Ordinal))
            .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal);
        return new([.. types]);
    }

    public static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>()
        .Where(method => method is { MethodKind: MethodKind.Ordinary, IsStatic: false });

    /// <summary>Members that hold state: fields that somebody wrote, and properties that the compiler backs with a field.</summary>
    public static IEnumerable<ISymbol> State(INamedTypeSymbol type)
    {
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && !field.IsConst))
        {
            yield return field.AssociatedSymbol is IPropertySymbol property ? property : field;
        }
    }

    public static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    public static bool IsGrainInterface(ITypeSymbol type) => type.TypeKind == TypeKind.Interface
        && !SourcePath(type).StartsWith("engine/", StringComparison.Ordinal)
        && type.AllInterfaces.Any(i => i.Name is "IGrain" or "IAddressable");

    public static string SourcePath(ISymbol symbol) => symbol.Locations.FirstOrDefault(l => l.IsInSource)?.SourceTree?.FilePath ?? string.Empty;

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (var inner in Types(member))
            {
                yield return inner;
            }
        }
    }

    private void Carry(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            Carry(array.ElementType);
            return;
        }

        if (type is not INamedTypeSymbol named)
        {
            return;
        }

        foreach (var argument in named.TypeArguments)
        {
            Carry(argument);
        }

        var definition = named.OriginalDefinition;
        if (SourcePath(definition).Length == 0 || IsGrainInterface(definition) || !_carried.Add(definition))
        {
            return;
        }

        foreach (var member in State(definition))
        {
            Carry(TypeOf(member));
        }
    }
}
