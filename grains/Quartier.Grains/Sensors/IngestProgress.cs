using System.Runtime.InteropServices;
using Quartier.Contracts.Readings;

namespace Quartier.Grains.Sensors;

/// <summary>How far a batch has come.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct IngestProgress(SampleBatch batch)
{
    private List<RefusedCount>? _refused;
    private int _stored;
    private int _duplicate;
    private int _annotated;

    /// <summary>The batch.</summary>
    public readonly SampleBatch Batch => batch;

    /// <summary>Index of the next sample to judge.</summary>
    public int Next { get; set; }

    /// <summary>Index of the next sample that has an annotation; that of the end when none follows.</summary>
    public readonly int PlainUntil => HasAnnotation ? batch.Annotations[_annotated].Sample : batch.Samples.Length;

    /// <summary>Durable when the store says so for this ticket.</summary>
    public long Ticket { get; set; }

    /// <summary>True when something happened that a restart could not find out from the stored readings: a snapshot must follow before the acknowledgement.</summary>
    public bool NeedsSnapshot { get; set; }

    /// <summary>The datastream whose history is needed before the batch can go on.</summary>
    public int HistoryOf { get; private set; }

    /// <summary>Readings that wait for that history, in order of time; null when none do.</summary>
    public List<Reading>? Unsettled { get; private set; }

    /// <summary>The annotation of the one reading that waits; null when it has none.</summary>
    public Annotation? UnsettledAnnotation { get; private set; }

    private readonly bool HasAnnotation => !batch.Annotations.IsDefault && _annotated < batch.Annotations.Length;

    /// <summary>The annotation of the sample at <see cref="PlainUntil"/>, which is next.</summary>
    public Annotation TakeAnnotation()
    {
        Next++;
        return batch.Annotations[_annotated++].Content;
    }

    /// <summary>Counts a stored reading.</summary>
    public void Store() => _stored++;

    /// <summary>Counts a repeated one.</summary>
    public void Repeat() => _duplicate++;

    /// <summary>Counts a refused one.</summary>
    public void Refuse(RefusalReason reason)
    {
        _refused ??= [];
        var at = _refused.FindIndex(r => r.Reason == reason);
        if (at < 0)
        {
            _refused.Add(new(reason, 1));
        }
        else
        {
            _refused[at] = _refused[at] with { Count = _refused[at].Count + 1 };
        }
    }

    /// <summary>The reading must wait for the history around its time.</summary>
    public void Wait(int datastream, in Reading reading, Annotation? annotation = null)
    {
        (HistoryOf, UnsettledAnnotation) = (datastream, annotation);
        (Unsettled ??= []).Add(reading);
    }

    /// <summary>Takes the waiting readings to try them again.</summary>
    public List<Reading> TakeUnsettled()
    {
        var waiting = Unsettled ?? [];
        Unsettled = null;
        return waiting;
    }

    /// <summary>What became of the batch.</summary>
    public readonly IngestReceipt Receipt() => new(Ticket, _stored, _duplicate, _refused is null ? [] : [.. _refused]);
}
