using Architecture.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Shape;

/// <summary>An interface needs two implementations, or is a port (house style 5).</summary>
internal static class InterfaceRules
{
    /// <summary>Ports and grain interfaces live here: the silo fills the ones, the engine the others.</summary>
    private const string Ports = "grains/Quartier.Contracts";

    /// <summary>Public interfaces here are the Orleans programming model's: its own metadata test guards them.</summary>
    private const string ProgrammingModel = "engine/Quartier.Engine";

    /// <summary>Finds interfaces of the product with fewer than two implementing types, tests' fakes counted, in the given sources.</summary>
    public static IEnumerable<Violation> LonelyInterfaces(IReadOnlyCollection<SourceFile> files)
    {
        var uses = files
            .SelectMany(file => file.Root.DescendantNodes().OfType<BaseListSyntax>())
            .SelectMany(list => list.Types)
            .CountBy(type => Names.Last(type.Type), StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        return
            from file in files
            where !file.IsTest && !file.IsUnder(Ports)
            from declared in file.Root.DescendantNodes().OfType<InterfaceDeclarationSyntax>()
            where !(file.IsUnder(ProgrammingModel) && IsPublic(declared))
            let count = uses.GetValueOrDefault(declared.Identifier.Text)
            where count < 2
            select file.At(declared.Identifier, $"{declared.Identifier.Text} has {count} implementation(s): an interface needs two, or is a port in {Ports}");
    }

    private static bool IsPublic(InterfaceDeclarationSyntax declared) =>
        declared.Modifiers.Any(modifier => string.Equals(modifier.Text, "public", StringComparison.Ordinal));
}
