namespace Quartier.Benchmarks.Ledgers;

/// <summary>What turns of one kind took: reads, and the time that they needed, by the clock and of the processors.</summary>
internal readonly record struct ReadsTurn(long Reads, TimeSpan Elapsed, TimeSpan Processor)
{
    /// <summary>Reads a second.</summary>
    public double PerSecond => Reads / Elapsed.TotalSeconds;

    /// <summary>Microseconds of processor time a read, those of the generator included.</summary>
    public double ProcessorUs => Processor.TotalMicroseconds / Reads;

    /// <summary>Both together.</summary>
    public static ReadsTurn operator +(ReadsTurn left, ReadsTurn right) =>
        new(left.Reads + right.Reads, left.Elapsed + right.Elapsed, left.Processor + right.Processor);
}
