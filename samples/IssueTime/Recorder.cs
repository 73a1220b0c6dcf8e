using System;
using System.Buffers;
using Kml;
using Kml.Runtime;
using Kml.Training;

namespace IssueTimeSample;

/// <summary>Keeps what one loaded module records.</summary>
internal abstract class Recorder(string model) : IDisposable
{
    public string Model { get; } = model;

    public ModelControls Controls { get; } = ModelControls.Of(model);

    /// <summary>What is set here is put back when the recorder goes.</summary>
    public SwitchLease Switches { get; } = new(ModelControls.Of(model));

    public abstract int Count { get; }

    /// <summary>Takes what waits in the rings, without waiting for more.</summary>
    public abstract int Drain();

    /// <summary>Writes what was taken since the last call to a file, and forgets it.</summary>
    public abstract void Save(string path);

    public virtual void Dispose() => Switches.Dispose();
}

/// <inheritdoc cref="Recorder"/>
internal sealed class Recorder<TModel>() : Recorder(TModel.Name)
    where TModel : IKernelModel
{
    private readonly KernelModelDevice<TModel> _device = KernelModelDevice<TModel>.Open();
    private ArrayBufferWriter<byte> _bytes = new();
    private int _count;

    public override int Count => _count;

    public override int Drain()
    {
        int taken = _device.Read(int.MaxValue, (in Record record) => _bytes.Write(record.Bytes));
        _count += taken;
        return taken;
    }

    public override void Save(string path)
    {
        RecordSet.Of<TModel>(_bytes.WrittenMemory).Save(path);
        _bytes = new();
        _count = 0;
    }

    public override void Dispose()
    {
        // First the switches: that the device closes ends collecting too.
        base.Dispose();
        _device.Dispose();
    }
}
