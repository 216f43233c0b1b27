using Architecture.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Shape;

/// <summary>Names say what a thing holds or does (house style 1, 2, 7).</summary>
internal static class NameRules
{
    private static readonly string[] BannedEndings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Services"];

    /// <summary>Words of a protocol that happen to end like a banned name.</summary>
    private static readonly string[] ProtocolWords = ["QualityOfService"];

    private static readonly string[] BannedFolders = ["Interfaces", "Models", "Helpers", "Utils", "Services", "Managers", "Common", "Misc"];

    public static IEnumerable<Violation> BannedNames(SourceFile file) => file.Root.DescendantNodes().OfType<MemberDeclarationSyntax>()
        .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
        .Select(Names.Identifier)
        .Where(name => !ProtocolWords.Contains(name.Text, StringComparer.Ordinal))
        .Select(name => (name, Ending: BannedEndings.FirstOrDefault(e => name.Text.EndsWith(e, StringComparison.Ordinal))))
        .Where(found => found.Ending is not null)
        .Select(found => file.At(found.name, $"{found.name.Text} ends in {found.Ending}: a name says what the thing holds or does"));

    public static IEnumerable<Violation> BannedFolderNames(SourceFile file)
    {
        var folder = file.Path.Split('/').SkipLast(1).FirstOrDefault(part => BannedFolders.Contains(part, StringComparer.Ordinal));
        if (folder is not null)
        {
            yield return new(file.Path, 1, $"folder {folder} is named after a kind: name it after what the city has");
        }
    }

    /// <summary>One top-level type a file, and the file has its name. A test file may hold fixtures beside its test class.</summary>
    public static IEnumerable<Violation> TypesOutsideTheirFile(SourceFile file)
    {
        var types = Names.TopLevelTypes(file.Root).ToList();
        var named = types.Where(type => string.Equals(Names.Identifier(type).Text, file.Stem, StringComparison.Ordinal)).ToList();
        if (types.Count == 0 || (file.IsTest && named.Count > 0) || file.Root.ChildNodes().Any(node => node is GlobalStatementSyntax))
        {
            return [];
        }

        return types.Except(named)
            .Take(named.Count == 0 && file.IsTest ? 1 : int.MaxValue)
            .Select(type => file.At(Names.Identifier(type), $"{Names.Identifier(type).Text} stands in {file.Stem}.cs: one top-level type a file, named after it"));
    }
}
