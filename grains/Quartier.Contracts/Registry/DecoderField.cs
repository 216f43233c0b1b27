namespace Quartier.Contracts.Registry;

/// <summary>Where in a message a property stands. The value is <c>number × Scale + Offset</c>; labels and true and false stay as they are.</summary>
/// <param name="Path">Names from the outside in, parted by points; a point in a name is written <c>\.</c>; in an array its index, from 0.</param>
/// <param name="Property">The property.</param>
/// <param name="Scale">Not 0; 1 leaves the number as it is.</param>
/// <param name="Offset">In the datastream's unit.</param>
[GenerateSerializer, Immutable, Alias("quartier.DecoderField")]
public sealed record DecoderField(
    [property: Id(0)] string Path, [property: Id(1)] string Property, [property: Id(2)] double Scale, [property: Id(3)] double Offset);
