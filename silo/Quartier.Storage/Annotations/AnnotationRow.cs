namespace Quartier.Storage.Annotations;

/// <summary>An annotation, or a correction, as it rests in memory and on the disk.</summary>
/// <param name="TimeMs">Time of its reading.</param>
/// <param name="Value">The value that it was sent with; of a correction its revision. Of two of one time that of the greater holds.</param>
/// <param name="Data">See <see cref="AnnotationCodec"/> and <see cref="Corrections.CorrectionCodec"/>.</param>
internal readonly record struct AnnotationRow(long TimeMs, double Value, byte[] Data)
{
    /// <summary>Whether both say the same.</summary>
    public bool Same(in AnnotationRow other) => Value == other.Value && Data.AsSpan().SequenceEqual(other.Data);
}
