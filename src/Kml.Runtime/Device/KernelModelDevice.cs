using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Kml.Model;
using Kml.Runtime.Abi;
using Kml.Runtime.Device;
using Kml.Runtime.Native;
using Microsoft.Win32.SafeHandles;

namespace Kml.Runtime;

/// <summary>
/// The open device of a loaded module, <c>/dev/kml-&lt;model&gt;</c>: what the module is, and the records from the rings of all CPUs, read in place.
/// A module has one reader at a time. An instance is for one thread at a time, and no record outlives the handler that received it.
/// </summary>
public class KernelModelDevice : IDisposable
{
    // One ring's turn: long enough to write its tail rarely, short enough that no other ring waits long.
    private const int Turn = 64;

    private readonly SafeFileHandle _file;
    private readonly SafeMapping _shared;
    private readonly SafeMapping _consumers;
    private readonly RingReader[] _rings;
    private int _nextRing;
    private bool _disposed;

    /// <summary>Maps the rings of an open file.</summary>
    /// <param name="file">The device; owned from here.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="info">What it says about itself.</param>
    internal KernelModelDevice(SafeFileHandle file, string path, ModuleInfo info)
    {
        _file = file;
        Path = path;
        Info = info;
        RingGeometry at = info.Geometry;
        _rings = new RingReader[info.Cpus];
        _shared = SafeMapping.Map(file, 0, at.MappingSize, writable: false, $"rings of {path}");
        try
        {
            _consumers = SafeMapping.Map(file, at.ConsumerOffset, at.DataOffset - at.ConsumerOffset, writable: true, $"consumer positions of {path}");
        }
        catch
        {
            // A mapping is a reader too.
            _shared.Dispose();
            throw;
        }

        for (int cpu = 0; cpu < _rings.Length; cpu++)
            _rings[cpu] = new RingReader(_shared, _consumers, info, cpu);
    }

    /// <summary>The device's path.</summary>
    public string Path { get; }

    /// <summary>What the module says about itself.</summary>
    public ModuleInfo Info { get; }

    /// <summary>The device of a model.</summary>
    /// <param name="model">The model's name.</param>
    /// <returns>Its path.</returns>
    public static string PathOf(string model) => $"/dev/kml-{model}";

    /// <summary>Opens the device of a model, whatever the model declares: records are bytes and known parts.</summary>
    /// <param name="model">The model's name.</param>
    /// <returns>The device; dispose of it to let another reader in.</returns>
    /// <exception cref="KernelModelException">It is absent, in use, not allowed, or of another version.</exception>
    public static KernelModelDevice Open(string model) => Connect(model, static (file, path, info) => new KernelModelDevice(file, path, info));

    /// <summary>Opens the device of a model and checks that module and model agree: name, fingerprint, and every offset of a record.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The device; dispose of it to let another reader in.</returns>
    /// <exception cref="KernelModelException">It is absent, in use, not allowed, of another version, or of another model.</exception>
    public static KernelModelDevice Open(ModelSpec model) => Connect(model.Name, (file, path, info) =>
    {
        info.Require(path, model.Name, ModelText.Fingerprint(model), RecordLayout.Of(model));
        return new KernelModelDevice(file, path, info);
    });

    /// <summary>Waits until a ring holds as many records as the watermark says, or the time is over.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <returns>False if the time is over; fewer records than the watermark may wait all the same.</returns>
    /// <exception cref="KernelModelException">The module reports an error.</exception>
    public bool Wait(TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long deadline = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            double left = Math.Max(0, Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline).TotalMilliseconds);
            short returned = Poll((int)Math.Min(Math.Ceiling(left), int.MaxValue), out int error);
            if ((returned & (LibC.PollError | LibC.PollHangUp)) != 0)
                throw new KernelModelException($"{Path} reports that the module is going or has failed; see the kernel's log (dmesg).");
            if (returned != 0)
                return true;
            if (error == 0)
                return false;
            if (error != LibC.Interrupted)
                throw new KernelModelException($"Waiting for records of {Path} failed: {LibC.Describe(error)}.", error);
        }
    }

    /// <summary>Sets at how many records in one ring <see cref="Wait"/> returns.</summary>
    /// <param name="records">From 1 to the ring's size.</param>
    /// <exception cref="KernelModelException">The module refused.</exception>
    public unsafe void SetWatermark(int records)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(records, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records, Info.RingRecords);
        uint value = (uint)records;
        if (LibC.Ioctl(_file, AbiCatalog.SetWatermark.Code, &value) == 0)
            return;
        int error = Marshal.GetLastPInvokeError();
        throw new KernelModelException(
            FormattableString.Invariant($"{Path} refused a watermark of {records} records: {LibC.Describe(error)}."), error);
    }

    /// <summary>
    /// Hands over records that wait, without waiting for more. Rings take turns of some records each, and the next call goes on where this one stopped,
    /// so that a busy CPU cannot starve another. Of one CPU records come in the order in which they were made.
    /// </summary>
    /// <param name="maximum">At most so many.</param>
    /// <param name="handler">Receives each record in place. One at which it throws stays in its ring.</param>
    /// <returns>How many were handed over.</returns>
    /// <exception cref="KernelModelException">A ring is corrupt.</exception>
    public int Read(int maximum, RecordHandler handler)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(maximum);
        int total = 0;
        for (int idle = 0; idle < _rings.Length && total < maximum;)
        {
            RingReader ring = _rings[_nextRing];
            _nextRing = (_nextRing + 1) % _rings.Length;
            int count = ring.Read(Math.Min(Turn, maximum - total), handler);
            total += count;
            idle = count == 0 ? idle + 1 : 0;
        }

        return total;
    }

    /// <summary>Hands over a number of records, waiting for them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timeout">How long at most, all together.</param>
    /// <param name="handler">Receives each record in place.</param>
    /// <returns>How many were handed over: fewer only if the time is over.</returns>
    /// <exception cref="KernelModelException">A ring is corrupt, or the module failed.</exception>
    public int Receive(int count, TimeSpan timeout, RecordHandler handler)
    {
        // A ring below its watermark does not wake us, so look at least as often as this.
        TimeSpan longestNap = TimeSpan.FromMilliseconds(250);
        long start = Stopwatch.GetTimestamp();
        int total = Read(count, handler);
        while (total < count)
        {
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                break;
            Wait(left < longestNap ? left : longestNap);
            total += Read(count - total, handler);
        }

        return total;
    }

    /// <summary>The account of one CPU's ring.</summary>
    /// <param name="cpu">The CPU.</param>
    /// <returns>The account, exact while the module makes no record.</returns>
    public RingCounts Count(int cpu)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(cpu);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cpu, _rings.Length);
        return _rings[cpu].Count();
    }

    /// <summary>The account of all rings together.</summary>
    /// <returns>The sum, exact while the module makes no record.</returns>
    public RingCounts Count()
    {
        RingCounts sum = default;
        for (int cpu = 0; cpu < _rings.Length; cpu++)
            sum += Count(cpu);
        return sum;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Unmaps the rings and closes the device.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (_disposed || !disposing)
            return;
        _disposed = true;
        _consumers.Dispose();
        _shared.Dispose();
        _file.Dispose();
    }

    /// <summary>Opens a model's device and asks what it is, before anything is mapped.</summary>
    /// <typeparam name="TDevice">What is made of it.</typeparam>
    /// <param name="model">The model's name.</param>
    /// <param name="make">Makes it; on an error the file is closed.</param>
    private protected static TDevice Connect<TDevice>(string model, Func<SafeFileHandle, string, ModuleInfo, TDevice> make)
    {
        string path = PathOf(model);
        SafeFileHandle file = LibC.Open(path, LibC.OpenReadWrite | LibC.OpenCloseOnExec);
        if (file.IsInvalid)
            throw DeviceErrors.OnOpen(model, path, Marshal.GetLastPInvokeError());
        try
        {
            return make(file, path, Ask(file, path));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static unsafe ModuleInfo Ask(SafeFileHandle file, string path)
    {
        InfoPage page = default;
        if (LibC.Ioctl(file, AbiCatalog.GetInfo.Code, &page) < 0)
            throw DeviceErrors.OnAsk(path, Marshal.GetLastPInvokeError());
        return ModuleInfo.Read(page, path);
    }

    private unsafe short Poll(int milliseconds, out int error)
    {
        bool referenced = false;
        try
        {
            _file.DangerousAddRef(ref referenced);
            LibC.PollFile file = new() { Descriptor = (int)_file.DangerousGetHandle(), Events = LibC.PollIn };
            error = LibC.Poll(&file, 1, milliseconds) < 0 ? Marshal.GetLastPInvokeError() : 0;
            return error == 0 ? file.Returned : (short)0;
        }
        finally
        {
            if (referenced)
                _file.DangerousRelease();
        }
    }
}
