using System.Text;

namespace Quartier.Domain.Decoders;

/// <summary>Paths into a message: names parted by points; a point or a backslash inside a name stands behind a backslash.</summary>
internal static class FieldPath
{
    /// <summary>Longest path in characters: far beyond what any device sends.</summary>
    public const int MaxLength = 512;

    /// <summary>Most names in one path: what the reader of JSON nests.</summary>
    public const int MaxNames = 12;

    /// <summary>The names from the outside in; null when one of them is empty, a backslash stands alone, or there are too many.</summary>
    public static string[]? Split(string path)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '\\' when i + 1 < path.Length && path[i + 1] is '.' or '\\':
                    name.Append(path[++i]);
                    break;
                case '\\':
                    return null;
                case '.':
                    names.Add(name.ToString());
                    name.Clear();
                    break;
                default:
                    name.Append(path[i]);
                    break;
            }
        }

        names.Add(name.ToString());
        return path.Length <= MaxLength && names.Count <= MaxNames && names.TrueForAll(n => n.Length > 0) ? [.. names] : null;
    }
}
