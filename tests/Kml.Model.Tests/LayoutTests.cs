using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

public sealed class LayoutTests
{
    [Fact]
    public void The_catalogue_and_the_event_structs_agree()
    {
        foreach (EventInfo info in EventCatalog.All)
        {
            Type type = typeof(BioQueue).Assembly.GetType(info.ClrName, throwOnError: true)!;
            SizeOf(type).ShouldBe(info.Layout.Size, info.ClrName);
            foreach (PlacedField placed in info.Layout.Fields)
            {
                var property = type.GetProperty(placed.Field.Name).ShouldNotBeNull($"{info.ClrName}.{placed.Field.Name}");
                ScalarOf(property.PropertyType).ShouldBe(placed.Field.Type, $"{info.ClrName}.{placed.Field.Name}");
            }

            type.GetProperties().Select(p => p.Name).ShouldBe(info.Fields.Select(f => f.Name), ignoreOrder: true);
        }
    }

    [Fact]
    public void Fields_lie_where_the_catalogue_says()
    {
        BlockComplete e = new()
        {
            TimeNs = 1, Sector = 2, DiskSectors = 3, Sectors = 4, Device = 5, Operation = (IoOperation)6, Flags = (IoFlags)7,
            Priority = 8, Cpu = 9, Error = 10, Bytes = 11,
        };
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<BlockComplete>(in e));
        ulong expected = 1;
        foreach (PlacedField placed in EventKind.BlockComplete.Info().Layout.Fields)
        {
            ulong value = placed.Field.Type.Size() == 8
                ? MemoryMarshal.Read<ulong>(bytes[placed.Offset..])
                : MemoryMarshal.Read<uint>(bytes[placed.Offset..]);
            value.ShouldBe(expected++, placed.Field.Name);
        }
    }

    [Fact]
    public void A_raised_priority_is_written_at_its_place()
    {
        BioQueue e = new() { Sector = ulong.MaxValue, Cpu = 7 };
        e.RaisePriority(IoPriority.RealTime);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<BioQueue>(in e));
        MemoryMarshal.Read<uint>(bytes[EventKind.BioQueue.Info().Layout.OffsetOf("Priority")..]).ShouldBe((1u << 13) | 4);
        e.RaisePriority(IoPriority.Idle);
        e.Priority.ShouldBe((1u << 13) | 4, "a priority is never lowered");
    }

    [Fact]
    public void State_is_laid_out_as_Csharp_lays_it_out()
    {
        StructLayout layout = StructLayout.Of(
        [
            new("A", ScalarType.Bool), new("B", ScalarType.U16), new("C", ScalarType.U8), new("D", ScalarType.U64), new("E", ScalarType.I32),
        ]);
        layout.Size.ShouldBe(Unsafe.SizeOf<Mixed>());
        Mixed value = new() { A = true, C = 9, E = 0x01020304, D = ulong.MaxValue, B = 0xabcd };
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<Mixed>(in value));
        MemoryMarshal.Read<int>(bytes[layout.OffsetOf("E")..]).ShouldBe(value.E);
        MemoryMarshal.Read<ulong>(bytes[layout.OffsetOf("D")..]).ShouldBe(value.D);
        MemoryMarshal.Read<ushort>(bytes[layout.OffsetOf("B")..]).ShouldBe(value.B);
    }

    [Fact]
    public void A_record_holds_its_parts_apart_and_in_whole_cache_lines()
    {
        RecordLayout layout = RecordLayout.Of(Models.Sample());
        layout.ShouldBe(new RecordLayout(2, 48, 56, 48, 104, 56, 160, 16, 192));
    }

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static ScalarType ScalarOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => ScalarType.I32,
        TypeCode.UInt32 => ScalarType.U32,
        TypeCode.UInt64 => ScalarType.U64,
        _ => throw new ArgumentException($"No event field has type {type}."),
    };

    private struct Mixed
    {
        public bool A;
        public ushort B;
        public byte C;
        public ulong D;
        public int E;

        public readonly override string ToString() => $"{A} {B} {C} {D} {E}";
    }
}
