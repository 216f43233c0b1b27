using System.Xml.Linq;

namespace Architecture.Dependencies;

/// <summary>What a project file and the repository's files that it imports ask for, as far as the default engine is concerned.</summary>
internal sealed class ProjectFile
{
    private ProjectFile(string path) => Path = path;

    /// <summary>Path from the repository's root.</summary>
    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>Names of referenced projects with the line that asks for them.</summary>
    public List<(string Name, int Line)> Projects { get; } = [];

    /// <summary>Names of referenced packages with the line that asks for them.</summary>
    public List<(string Name, int Line)> Packages { get; } = [];

    /// <summary>Names of shared frameworks with the line that asks for them.</summary>
    public List<(string Name, int Line)> Frameworks { get; } = [];

    public static ProjectFile Read(string path, Func<string, string> read)
    {
        var project = new ProjectFile(path);
        project.Take(path, read, importedAt: null);
        return project;
    }

    private void Take(string path, Func<string, string> read, int? importedAt)
    {
        var document = XDocument.Parse(read(path), LoadOptions.SetLineInfo);
        foreach (var element in document.Descendants().Where(IsForDefaultEngine))
        {
            var line = importedAt ?? ((System.Xml.IXmlLineInfo)element).LineNumber;
            switch (element.Name.LocalName)
            {
                case "ProjectReference":
                    Projects.AddRange(Items(element).Select(item => (System.IO.Path.GetFileNameWithoutExtension(item), line)));
                    break;
                case "PackageReference":
                    Packages.AddRange(Items(element).Select(item => (item, line)));
                    break;
                case "FrameworkReference":
                    Frameworks.AddRange(Items(element).Select(item => (item, line)));
                    break;
                case "Import" when element.Attribute("Project")?.Value is { } import && !import.Contains('$', StringComparison.Ordinal):
                    Take(Resolve(path, import), read, line);
                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<string> Items(XElement element) =>
        (element.Attribute("Include")?.Value ?? string.Empty).Replace('\\', '/').Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsForDefaultEngine(XElement element) => element.AncestorsAndSelf()
        .Select(e => e.Attribute("Condition")?.Value)
        .All(condition => condition is null || !condition.Contains("== 'Orleans'", StringComparison.Ordinal));

    private static string Resolve(string from, string import)
    {
        var parts = new Stack<string>(from.Split('/').SkipLast(1));
        foreach (var part in import.Replace('\\', '/').Split('/'))
        {
            if (part is "..")
            {
                parts.Pop();
            }
            else
            {
                parts.Push(part);
            }
        }

        return string.Join('/', parts.Reverse());
    }
}
