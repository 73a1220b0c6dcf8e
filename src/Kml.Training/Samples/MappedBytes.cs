using System;
using System.Buffers;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using Kml.Model;

namespace Kml.Training;

/// <summary>A file in memory, read-only, and its parts as arrays of numbers.</summary>
internal sealed unsafe class MappedBytes : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    internal MappedBytes(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    public void Dispose()
    {
        if (_start is null)
            return;
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    /// <summary>A part of the file.</summary>
    /// <typeparam name="T">The type of its numbers.</typeparam>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="offset">Bytes from the beginning of the file.</param>
    /// <param name="count">The number of numbers.</param>
    /// <returns>The memory itself, not a copy.</returns>
    /// <exception cref="WeightsFormatException">It reaches beyond the file, or its numbers are not aligned.</exception>
    internal ReadOnlyMemory<T> Column<T>(string name, long offset, int count)
        where T : unmanaged
    {
        if (offset + ((long)count * Unsafe.SizeOf<T>()) > _view.Capacity)
            throw new WeightsFormatException($"tensor '{name}' reaches beyond the end of the file, which was cut while it was opened");
        if (offset % Unsafe.SizeOf<T>() != 0)
            throw new WeightsFormatException($"tensor '{name}' begins at byte {offset}, which is no multiple of {Unsafe.SizeOf<T>()}");
        return new Mapped<T>(this, offset, count).Memory;
    }

    private sealed class Mapped<T>(MappedBytes owner, long offset, int count) : MemoryManager<T>
        where T : unmanaged
    {
        public override Span<T> GetSpan()
        {
            ObjectDisposedException.ThrowIf(owner._start is null, typeof(SamplesFile));
            return new Span<T>(owner._start + offset, count);
        }

        /// <summary>Mapped memory does not move.</summary>
        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ObjectDisposedException.ThrowIf(owner._start is null, typeof(SamplesFile));
            return new MemoryHandle((T*)(owner._start + offset) + elementIndex);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
