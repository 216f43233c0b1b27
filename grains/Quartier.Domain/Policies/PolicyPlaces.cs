using Quartier.Domain.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Where each entry of a policy file stands, by a path such as <c>grants/planning/streams/bicycles</c>.</summary>
public sealed class PolicyPlaces
{
    private readonly Dictionary<string, (int Line, int Column)> _places = new(StringComparer.Ordinal);

    /// <summary>For a document that was not read from a file: every place is line 0, column 0.</summary>
    public static PolicyPlaces Unknown { get; } = new();

    /// <summary>The place of the path, or of the nearest part of the file that contains it.</summary>
    internal (int Line, int Column) Of(string path)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('/'))])
        {
            if (_places.TryGetValue(at, out var place))
            {
                return place;
            }
        }

        return _places.GetValueOrDefault("");
    }

    /// <summary>Notes a mapping, its values, and the texts of its lists.</summary>
    internal void Note(string path, YamlNode mapping)
    {
        _places.TryAdd(path, (mapping.Line, mapping.Column));
        foreach (var (key, value) in mapping.Entries)
        {
            var inner = $"{path}/{key.Text}";
            _places.TryAdd(inner, (value.Line, value.Column));
            foreach (var item in value.Items.Where(i => i.Kind == YamlKind.Scalar))
            {
                _places.TryAdd($"{inner}/{item.Text}", (item.Line, item.Column));
            }
        }
    }
}
