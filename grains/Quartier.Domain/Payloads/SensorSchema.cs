using System.Globalization;
using System.Numerics;
using System.Text;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Payloads;

/// <summary>
/// What the decoder needs of a sensor: names of its properties in UTF-8 with their index, units and labels. Compiled once; immutable and shared.
/// </summary>
public sealed class SensorSchema
{
    private readonly byte[][] _names;
    private readonly int[] _slots;
    private readonly DatastreamDefinition[] _definitions;
    private readonly (byte[] Label, double Code)[]?[] _codes;

    private SensorSchema(SensorDefinition sensor)
    {
        _definitions = [.. sensor.Datastreams];
        _names = [.. _definitions.Select(d => Encoding.UTF8.GetBytes(d.Property))];
        _codes = [.. _definitions.Select(CodesOf)];
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, _names.Length * 2))];
        for (var i = 0; i < _names.Length; i++)
        {
            var slot = Hash(_names[i]) & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = i + 1;
        }
    }

    /// <summary>Number of datastreams.</summary>
    public int Count => _definitions.Length;

    /// <summary>Compiles a sensor's definition; indexes are those of its datastreams.</summary>
    public static SensorSchema Compile(SensorDefinition sensor) => new(sensor);

    /// <summary>Index of the property, or -1. Never allocates.</summary>
    /// <param name="name">The property's name in UTF-8.</param>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var slot = Hash(name) & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (name.SequenceEqual(_names[_slots[slot] - 1]))
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }

    /// <summary>The same, fast when it is the expected one: gateways send properties in one order.</summary>
    internal int Find(ReadOnlySpan<byte> name, int expected) =>
        (uint)expected < (uint)_names.Length && name.SequenceEqual(_names[expected]) ? expected : Find(name);

    internal string NameOf(int datastream) => _definitions[datastream].Property;

    internal string UnitOf(int datastream) => _definitions[datastream].Unit;

    internal bool IsCategory(int datastream) => _codes[datastream] is not null;

    internal bool TryCode(int datastream, ReadOnlySpan<byte> label, out double code)
    {
        foreach (var known in _codes[datastream] ?? [])
        {
            if (label.SequenceEqual(known.Label))
            {
                code = known.Code;
                return true;
            }
        }

        code = 0;
        return false;
    }

    /// <summary>Whether the property may have that value: any for a measured one, one of its codes for a category.</summary>
    internal bool Allows(int datastream, double value)
    {
        if (_codes[datastream] is not { } codes)
        {
            return true;
        }

        foreach (var (_, code) in codes)
        {
            if (code.Equals(value))
            {
                return true;
            }
        }

        return false;
    }

    internal string LabelsOf(int datastream) =>
        string.Join(", ", _definitions[datastream].Codes.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Label} ({c.Code})")));

    internal string Names() => string.Join(", ", _definitions.Select(d => d.Property));

    private static (byte[] Label, double Code)[]? CodesOf(DatastreamDefinition definition) =>
        definition.Codes.IsEmpty ? null : [.. definition.Codes.Select(c => (Encoding.UTF8.GetBytes(c.Label), (double)c.Code))];

    /// <summary>FNV-1a: names are short and not chosen by an attacker (they come from the registry).</summary>
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261;
        foreach (var b in name)
        {
            hash = (hash ^ b) * 16777619;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
