using System.Text;

namespace Quartier.Domain.Decoders;

/// <summary>A place in a message that is known, with the places inside it.</summary>
internal sealed class FieldNode(int index, string name)
{
    private readonly List<(byte[] Name, FieldNode Node)> _children = [];

    /// <summary>Numbers the places of one map: each may stand once in a message.</summary>
    public int Index => index;

    /// <summary>Its name, for operators.</summary>
    public string Name => name;

    public FieldRole Role { get; set; }

    /// <summary>Of a value.</summary>
    public int Datastream { get; set; } = -1;

    public double Scale { get; set; } = 1;

    public double Offset { get; set; }

    /// <summary>Whether everything else inside is the format's own machinery.</summary>
    public bool KnowsAll { get; set; }

    public bool HasChildren => _children.Count > 0;

    public FieldNode? Find(ReadOnlySpan<byte> child)
    {
        foreach (var (known, node) in _children)
        {
            if (child.SequenceEqual(known))
            {
                return node;
            }
        }

        return null;
    }

    public FieldNode Add(FieldNode child)
    {
        _children.Add((Encoding.UTF8.GetBytes(child.Name), child));
        return child;
    }
}
