using System.Globalization;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Ids and references of grains.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to the grain, seen through the interface. What a grain passes when it passes itself.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
    {
        var reference = ReferenceOf(grain);
        return (TGrainInterface)(object)reference.Binding.Cast(reference, typeof(TGrainInterface));
    }

    /// <summary>The same grain through another of its interfaces.</summary>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <summary>A reference to the grain, seen through an interface known only at run time.</summary>
    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        var reference = ReferenceOf(grain);
        return reference.Binding.Cast(reference, interfaceType);
    }

    /// <summary>The grain's id.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => ReferenceOf(grain).GrainId;

    /// <summary>The grain's string key.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) =>
        grain is GrainReference reference ? reference.Key : ReferenceOf(grain).Key;

    /// <summary>The grain's integer key.</summary>
    /// <exception cref="InvalidOperationException">The grain has another kind of key.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain) => GetPrimaryKeyLong(grain, out _);

    /// <summary>The grain's integer key and its extension.</summary>
    /// <exception cref="InvalidOperationException">The grain has another kind of key.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain, out string? keyExt)
    {
        var key = Split(grain, out keyExt);
        return long.TryParse(key, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidOperationException($"Unable to extract integer key from grain id {grain.GetGrainId()}");
    }

    /// <summary>The grain's GUID key.</summary>
    /// <exception cref="InvalidOperationException">The grain has another kind of key.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain) => GetPrimaryKey(grain, out _);

    /// <summary>The grain's GUID key and its extension.</summary>
    /// <exception cref="InvalidOperationException">The grain has another kind of key.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain, out string? keyExt) =>
        Guid.TryParseExact(Split(grain, out keyExt), "N", out var value)
            ? value
            : throw new InvalidOperationException($"Unable to extract GUID key from grain id {grain.GetGrainId()}");

    private static string Split(IAddressable grain, out string? extension)
    {
        var key = grain.GetPrimaryKeyString();
        var plus = key.IndexOf('+', StringComparison.Ordinal);
        extension = plus < 0 ? null : key[(plus + 1)..];
        return plus < 0 ? key : key[..plus];
    }

    private static GrainReference ReferenceOf(IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference,
            IGrainBase { GrainContext.GrainReference: { } own } => own,
            _ => throw new ArgumentException(
                $"{grain.GetType()} is neither a grain reference nor a grain made by the runtime.", nameof(grain)),
        };
    }
}
