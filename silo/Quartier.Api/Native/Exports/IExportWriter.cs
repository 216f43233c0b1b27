using System.Buffers;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Native.Exports;

/// <summary>Writes an export in one format.</summary>
internal interface IExportWriter
{
    string ContentType { get; }

    /// <summary>What stands before the rows.</summary>
    void Begin(IBufferWriter<byte> output, ExportPlan plan);

    /// <summary>A single reading.</summary>
    void Write(IBufferWriter<byte> output, ExportSlice slice, in Reading reading);

    /// <summary>An aggregate.</summary>
    void Write(IBufferWriter<byte> output, ExportSlice slice, in AggregateRow row);

    /// <summary>What stands behind the rows.</summary>
    void End(IBufferWriter<byte> output, ExportPlan plan);
}
